import NIOCore
import NIOSSL
import NIOTLS
import RegoRuntime

/// Stands before the HTTP decoder and remembers since when a request is incomplete: heads that trickle in are not seen
/// behind the decoder before they are complete.
final class ArrivalWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// When the first byte of a request, or of the TLS handshake, was waited for; nil between requests.
    var waitingSince: Int64?
    /// Whether requests can arrive: the handshake is done.
    private(set) var isReady: Bool

    init(usesTLS: Bool) {
        isReady = !usesTLS
        waitingSince = usesTLS ? MonotonicClock.now() : nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if waitingSince == nil { waitingSince = MonotonicClock.now() }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            isReady = true
            waitingSince = nil
        }
        context.fireUserInboundEventTriggered(event)
    }
}
