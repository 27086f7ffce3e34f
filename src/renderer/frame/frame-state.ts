/** What is open over the window. Not part of the place: a link never opens a dialog. */
import { create } from 'zustand';

interface FrameState {
  /** `address`: the palette as Ctrl+G opens it. */
  palette: 'closed' | 'anything' | 'address';
  keySheet: boolean;
}

export const useFrameState = create<FrameState>(() => ({ palette: 'closed', keySheet: false }));

export function openPalette(palette: 'anything' | 'address'): void {
  useFrameState.setState({ palette });
}

export function closePalette(): void {
  useFrameState.setState({ palette: 'closed' });
}

export function showKeys(keySheet: boolean): void {
  useFrameState.setState({ keySheet });
}
