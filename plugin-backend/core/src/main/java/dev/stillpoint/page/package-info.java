/**
 * Lists that are read page by page: how they are sorted, where the next page begins.
 *
 * <p>Entry types: {@link dev.stillpoint.page.Slice}, {@link dev.stillpoint.page.Page}. Values only.
 */
package dev.stillpoint.page;
