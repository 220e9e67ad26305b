/**
 * How notices travel: {@link dev.stillpoint.server.notice.Mail} by SMTP, {@link
 * dev.stillpoint.server.notice.Webhook} by HTTP. Each is used by one thread.
 */
package dev.stillpoint.server.notice;
