import 'uplot/dist/uPlot.min.css';
import './training.css';
import './training';
