import './pad.css';
import './pad';
