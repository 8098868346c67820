import './gallery.css';
import './gallery';
