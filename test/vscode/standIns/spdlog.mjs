/**
 * Stands in for the native package `@vscode/spdlog`, which has no prebuilt binary. Without it VS Code writes no
 * log file, and an output channel with levels (LogOutputChannel) stays empty because it is shown from its file.
 */
import { appendFileSync } from "node:fs";

const levels = ["trace", "debug", "info", "warn", "error", "critical"];

class FileLogger {
  #path;
  #level = levels.indexOf("info");
  #bare = false;

  constructor(path) {
    this.#path = path;
    this.#append("");
  }

  trace = message => this.#write("trace", message);
  debug = message => this.#write("debug", message);
  info = message => this.#write("info", message);
  warn = message => this.#write("warn", message);
  error = message => this.#write("error", message);
  critical = message => this.#write("critical", message);

  getLevel = () => this.#level;
  setLevel = level => {
    this.#level = level;
  };
  clearFormatters = () => {
    this.#bare = true;
  };
  setPattern = () => undefined;
  flush = () => undefined;
  drop = () => undefined;

  #write(level, message) {
    if (levels.indexOf(level) < this.#level) return;
    const time = new Date().toISOString().slice(0, 23).replace("T", " ");
    this.#append(this.#bare ? message : `${time} [${level === "warn" ? "warning" : level}] ${message}\n`);
  }

  #append(text) {
    try {
      appendFileSync(this.#path, text);
    } catch {
      // The folder may be gone while the editor shuts down; a log line is not worth an error then.
    }
  }
}

export const setFlushOn = () => undefined;
export const createAsyncRotatingLogger = async (_name, path) => new FileLogger(path);
