import './browse.css';
import './browse';
