import Diagnostics
import Dispatch
import Documents
import NIOCore
import NIOEmbedded
import NIOPosix
import Synchronization

@testable import Playground

extension Document {
    /// The document of some JSON.
    static func reading(_ bytes: [UInt8]) throws -> Document {
        try JSONReader.read(SourceFile(path: "body", bytes: bytes), keepsPositions: false)
    }
}

/// Notes in which order work was done, and holds the first until told to go on.
final class Order: Sendable {
    private let state = Mutex<(list: [String], isWaiting: Bool)>(([], false))
    private let gate = DispatchSemaphore(value: 0)

    var list: [String] { state.withLock { $0.list } }
    var isWaiting: Bool { state.withLock { $0.isWaiting } }

    func add(_ name: String) { state.withLock { $0.list.append(name) } }
    func go() { gate.signal() }
    func wait() {
        state.withLock { $0.isWaiting = true }
        gate.wait()
    }
}

/// A connection with a watcher.
struct NIOAsyncTestingChannelBox {
    private let channel: NIOAsyncTestingChannel

    init(_ watcher: CloseWatcher) async throws {
        channel = await NIOAsyncTestingChannel(handler: watcher)
    }

    func close() async throws {
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        try await channel.close()
    }
}

/// A connection that sends bytes and goes away.
struct RawConnection {
    private let channel: any Channel

    init(port: Int) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
    }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    func leave() async throws { try await channel.close() }
}
