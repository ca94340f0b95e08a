import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Accepts the connections of any number of servers, on one thread. */
final class Acceptor {
    private record Server(ServerSocketChannel channel, Consumer<SocketChannel> connected) {}

    private static final Acceptor SHARED = new Acceptor();

    private final Selector selector;
    /** Written by those who add one, read by the thread. */
    private final Queue<Server> added = new ConcurrentLinkedQueue<>();

    private Acceptor() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var thread = new Thread(this::run, "stand-in accept");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param connected told of each connection, which blocks, by the acceptor's thread: it must not wait */
    static void accept(ServerSocketChannel server, Consumer<SocketChannel> connected) throws IOException {
        server.configureBlocking(false);
        SHARED.added.add(new Server(server, connected));
        SHARED.selector.wakeup();
    }

    private void run() {
        try {
            while (true) {
                selector.select(this::connect);
                for (var server = added.poll(); server != null; server = added.poll()) {
                    register(server);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void register(Server server) {
        try {
            server.channel().register(selector, SelectionKey.OP_ACCEPT, server.connected());
        } catch (ClosedChannelException e) {
            // Closed before it was known here.
            return;
        }
    }

    @SuppressWarnings("unchecked")
    private void connect(SelectionKey key) {
        try {
            for (var next = server(key).accept();
                    next != null;
                    next = server(key).accept()) {
                next.configureBlocking(true);
                ((Consumer<SocketChannel>) key.attachment()).accept(next);
            }
        } catch (IOException e) {
            // It was closed, which takes its key off.
            return;
        }
    }

    private static ServerSocketChannel server(SelectionKey key) {
        return (ServerSocketChannel) key.channel();
    }
}
