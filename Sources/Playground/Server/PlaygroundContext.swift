import Hummingbird
import NIOCore
import NIOHTTPTypes
import Synchronization

/// What belongs to one HTTP request besides the request itself.
struct PlaygroundContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Who asks: the address of the connection.
    var client: String { channel.remoteAddress?.ipAddress ?? "local" }

    /// Cancels `job` when the client closes the connection; answers what ends the watch.
    func watch(_ job: Job) async -> CloseWatcher? {
        guard let watcher = try? await channel.pipeline.handler(type: CloseWatcher.self).get() else { return nil }
        watcher.watch(job)
        return watcher
    }
}

/// Notices that the client has gone while its request is worked on.
final class CloseWatcher: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart

    private struct State {
        var job: Job?
        var isClosed = false
    }

    private let state = Mutex(State())

    func watch(_ job: Job?) {
        state.withLock { state in
            state.job = job
            if state.isClosed { job?.cancel() }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { close() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        close()
        context.fireChannelInactive()
    }

    private func close() {
        state.withLock { state in
            state.isClosed = true
            state.job?.cancel()
        }
    }
}
