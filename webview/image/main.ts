import './image.css';
import './image';
