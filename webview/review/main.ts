import './review.css';
import './review';
