import './importPreview.css';
import './importPreview';
