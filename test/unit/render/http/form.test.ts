import assert from "node:assert/strict";
import fc from "fast-check";
import { Response } from "node-fetch";
import { formBody } from "../../../../src/render/http/form.js";

describe("formBody", () => {
  it("writes the fields as RFC 7578 says", () => {
    const { contentType, text } = formBody(
      [
        { name: "ownerId", text: "tea-1" },
        { name: "file", text: "services: é\r\n", fileName: 'a"b\n.yaml' },
      ],
      () => 0.5,
    );
    assert.equal(contentType, "multipart/form-data; boundary=render-deploy-zik0zk");
    assert.equal(
      text,
      [
        "--render-deploy-zik0zk",
        'Content-Disposition: form-data; name="ownerId"',
        "",
        "tea-1",
        "--render-deploy-zik0zk",
        'Content-Disposition: form-data; name="file"; filename="a%22b%0A.yaml"',
        "Content-Type: application/octet-stream",
        "",
        "services: é\r\n",
        "--render-deploy-zik0zk--",
        "",
      ].join("\r\n"),
    );
  });

  it("gives back every text to whoever reads the form as a browser's server does", async () => {
    const texts = fc.string({
      unit: fc.constantFrom("a", "-", "\r\n", "é", "😀", "--render-deploy-", "zik0zk"),
    });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (ownerId, file) => {
        const parts = [
          { name: "ownerId", text: ownerId },
          { name: "file", text: file, fileName: "render.yaml" },
        ];
        const { contentType, text } = formBody(parts, () => 0.5);
        const form = await new Response(text, { headers: { "Content-Type": contentType } }).formData();
        assert.equal(form.get("ownerId"), ownerId);
        const sent = form.get("file");
        assert.ok(sent !== null && typeof sent === "object");
        assert.equal(sent.name, "render.yaml");
        assert.equal(await sent.text(), file);
      }),
    );
  });
});
