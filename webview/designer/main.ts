import './designer.css';
import './designer';
