/** The title of an HTML page, or its first words, where the content is one: what a vendor sends who does not want to answer. */
export function pageTitle(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (!/^<(?:!doctype html|html|head|body|!--)/i.test(text)) return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? text.replace(/<[^>]*>/g, " ");
  return title.replace(/\s+/g, " ").trim().slice(0, 60);
}
