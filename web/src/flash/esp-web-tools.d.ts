// Its bundle, which has @material/web in the version that it was written for; npm's newest fits it no more.
declare module 'esp-web-tools/dist/web/install-button.js';
