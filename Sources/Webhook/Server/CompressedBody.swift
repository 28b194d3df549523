import NIOCore
import NIOHTTP1
import Rego
import Synchronization

/// A request whose body came compressed. Nothing is expanded on an event loop, where a few kilobytes that hold megabytes
/// would keep other connections waiting: the worker that judges the request does it, and the room the body then takes is
/// given back when nobody needs it any more.
final class CompressedBody: Sendable {
    /// Why there is no body to judge.
    enum Problem: Error {
        /// It holds more than was asked for.
        case tooLarge
        /// Too many bodies wait.
        case noRoom
        case damaged
    }

    /// What a body may hold that is expanded in the quick lane; larger ones begin again in the patient one.
    static let quickSize = 512 << 10

    private let sent: ServerRequest
    private let coding: Gzip.Coding
    private let buffers: BufferBudget
    private let state = Mutex<(request: ServerRequest?, room: Int)>((nil, 0))

    /// Nil when the body came as it is.
    init?(of request: ServerRequest, _ buffers: BufferBudget) {
        switch request.headers.first(name: "Content-Encoding")?.lowercased() {
        case "gzip": coding = .gzip
        case "deflate": coding = .deflate
        default: return nil
        }
        (sent, self.buffers) = (request, buffers)
    }

    deinit {
        let room = state.withLock { $0.room }
        buffers.give(room, growing: room)
    }

    /// The request with its body as it was before it was compressed.
    /// - Parameter limit: the most bytes of it.
    func expanded(limit: Int) throws(Problem) -> ServerRequest {
        let result = state.withLock { state in
            Result { () throws(Problem) in
                if let request = state.request { return request }
                var request = sent
                request.body = try body(limit, room: &state.room)
                state.request = request
                return request
            }
        }
        return try result.get()
    }

    private func body(_ limit: Int, room: inout Int) throws(Problem) -> ByteBuffer {
        var body = ByteBuffer(), problem: Problem?
        let result = sent.body.withUnsafeReadableBytes { bytes in
            Result { () throws(BundleProblem) in
                try Gzip.expand(bytes, coding) { portion throws(BundleProblem) in
                    let size = body.readableBytes + portion.count
                    if size > limit {
                        problem = .tooLarge
                    } else if size > room, !buffers.grow(by: size - room) {
                        problem = .noRoom
                    }
                    if problem != nil { throw BundleProblem("it is expanded no further") }
                    room = max(room, size)
                    body.writeBytes(portion)
                }
            }
        }
        if case .success = result { return body }
        buffers.give(room, growing: room)
        room = 0
        throw problem ?? .damaged
    }
}
