/** Where the session writes what a person who investigates wants to know: VS Code's log channel is one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
