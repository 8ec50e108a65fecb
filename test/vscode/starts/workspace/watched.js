setTimeout(() => {}, 3_600_000);
console.log(`ready ${process.pid}`);
