// A module for the frame to run: that it ran is all that it says.
globalThis.experimentRan = true;
