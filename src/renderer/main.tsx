import { connectHost } from './connection/connect';
import { mount } from './App';

mount(document.querySelector('#root')!, connectHost);
