import './trainingForm.css';
import './trainingForm';
