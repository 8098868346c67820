import './evaluation.css';
import './evaluation';
