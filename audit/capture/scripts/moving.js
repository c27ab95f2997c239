// How many animations there are.
document.getAnimations().length;
