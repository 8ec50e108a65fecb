console.log('ready');
setInterval(() => {}, 100);
