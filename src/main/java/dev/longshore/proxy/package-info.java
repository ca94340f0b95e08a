/**
 * The proxy for a server, as kubectl selects it. Imports no other package of Longshore. Start with {@link
 * dev.longshore.proxy.Proxies}.
 */
package dev.longshore.proxy;
