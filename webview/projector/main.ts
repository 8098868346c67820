import './projector.css';
import './projector';
