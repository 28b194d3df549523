import CoreMetrics
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// Sets up accepted connections: TLS with the certificate of the moment, HTTP/1.1, and the handler of requests.
struct WebhookChannel: ServerChildChannel {
    struct Connection: ServerChildChannelValue {
        let channel: any Channel
    }

    let service: WebhookService
    /// Nil for plain HTTP.
    let certificates: CertificateStore?
    private let open = OpenConnections()

    init(service: WebhookService, certificates: CertificateStore?) {
        self.service = service
        self.certificates = certificates
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connection> {
        let count = open.count.add(1, ordering: .relaxed).newValue
        service.metrics.connections.record(count)
        channel.closeFuture.whenComplete { [open, service] _ in
            service.metrics.connections.record(open.count.subtract(1, ordering: .relaxed).newValue)
        }
        if count > service.limits.connections {
            service.metrics.refusedConnections.increment()
            return channel.close().map { Connection(channel: channel) }
        }
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let context = certificates?.context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
            let arrivals = ArrivalWatch(usesTLS: certificates != nil)
            try pipeline.addHandler(arrivals)
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = 16 << 10
            limits.maxHeaderListSize = 64 << 10
            limits.maxHeaderFieldCount = 128
            let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
            try pipeline.addHandler(ByteToMessageHandler(decoder))
            try pipeline.addHandler(ConnectionHandler(service, arrivals: arrivals))
            return Connection(channel: channel)
        }
    }

    func handle(value: Connection, logger: Logger) async {
        // The handlers do the work; the server waits for its connections when it stops.
        try? await value.channel.closeFuture.get()
    }
}

private final class OpenConnections: Sendable {
    let count = Atomic<Int>(0)
}
