import Catalogue
import Diagnostics
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
@testable import Playground
import Testing

/// What a request came to.
struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var bytes: [UInt8]
    /// The body as JSON; null when it is none.
    var document: Document

    var json: Value { document.root }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var error: String { json.field("error").field("code").stringValue ?? "" }

    init(_ response: TestResponse) {
        status = Int(response.status.code)
        headers = response.headers
        bytes = Array(response.body.readableBytesView)
        document =
            (try? JSONReader.read(SourceFile(path: "reply", bytes: bytes), keepsPositions: false)) ?? Document { _ in .null }
    }
}

/// A playground whose requests go through the real router, over a socket when asked to.
struct Client {
    let server: PlaygroundServer

    init(_ change: (inout PlaygroundOptions) -> Void = { _ in }) throws {
        var options = PlaygroundOptions()
        options.port = 0
        options.version = "test"
        options.limits.workers = 2
        options.limits.burst = 10_000
        change(&options)
        server = PlaygroundServer(options, library: try PolicyLibrary.embedded())
    }

    /// One request.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]? = nil, headers: HTTPFields = [:],
        setting: TestingSetup = .router
    ) async throws -> Reply {
        try await server.application { _ in }.test(setting) { client in
            let buffer = body.map { ByteBuffer(bytes: $0) }
            return Reply(try await client.executeRequest(uri: path, method: method, headers: headers, body: buffer))
        }
    }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }

    func post(_ path: String, _ json: JSON) async throws -> Reply {
        try await send(.post, path, json.bytes, headers: [.contentType: "application/json"])
    }
}

/// A request's body with files; `options` are added as they are.
func body(
    policies: [String: String] = [:], inputs: [String: String] = [:], tests: [String: String] = [:],
    data: [String: String] = [:], parameters: String = "", _ more: [(String, JSON)] = []
) -> JSON {
    func files(_ files: [String: String]) -> JSON {
        .array(files.sorted { $0.key < $1.key }.map { Workspace.File(path: $0.key, text: $0.value).json })
    }
    return .object(
        [
            ("policies", files(policies)), ("inputs", files(inputs)), ("tests", files(tests)), ("data", files(data)),
            ("parameters", .string(parameters)),
        ] + more)
}

extension Value {
    /// The member or element that a path of names and numbers leads to.
    func at(_ path: String) -> Value {
        path.split(separator: ".").reduce(self) { value, step in
            if let index = Int(step), value.kind == .array { return index < value.count ? value.elements[index] : .undefined }
            return value.field(named: String(step))
        }
    }

    /// The value as compact JSON.
    var written: String { isUndefined ? "undefined" : JSONWriter.string(self) }
}
