import type { Random } from "../../ports.js";

/** A body as it is sent. */
export interface Body {
  readonly contentType: string;
  readonly text: string;
}

/** One field of a form; with a `fileName` it is a file. */
export interface FormPart {
  readonly name: string;
  readonly text: string;
  readonly fileName?: string;
}

/**
 * The fields as `multipart/form-data` (RFC 7578). The boundary is drawn at random and stands in none of the fields, so
 * that no field can pose as another.
 */
export function formBody(parts: readonly FormPart[], random: Random): Body {
  let boundary = "render-deploy-";
  do boundary += Math.floor(random() * 2 ** 32).toString(36);
  while (parts.some(({ text }) => text.includes(boundary)));
  const fields = parts.map(({ name, text, fileName }) => {
    const file = fileName === undefined ? "" : `; filename="${quoted(fileName)}"`;
    const type = fileName === undefined ? "" : "Content-Type: application/octet-stream\r\n";
    const disposition = `Content-Disposition: form-data; name="${quoted(name)}"${file}\r\n`;
    return `--${boundary}\r\n${disposition}${type}\r\n${text}\r\n`;
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    text: `${fields.join("")}--${boundary}--\r\n`,
  };
}

/** As browsers write names in headers (WHATWG HTML, "Multipart form data"). */
function quoted(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}
