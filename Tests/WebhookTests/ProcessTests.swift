import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import Webhook

/// The real program, with real signals.
@Suite(.serialized) struct ProcessTests {
    /// A running `lintel serve`.
    final class Program: @unchecked Sendable {
        let process = Process()
        let port: Int
        let log: URL
        let folder: URL

        init(_ arguments: [String] = [], policy: String, port: Int) throws {
            self.port = port
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-run-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            log = folder.appendingPathComponent("log")
            try Data().write(to: log)
            try Data(policy.utf8).write(to: folder.appendingPathComponent("main.rego"))
            process.executableURL = Self.path
            func file(_ name: String) -> String { RunningServer.tls.appendingPathComponent(name).path }
            process.arguments =
                [
                    "serve", "--listen", "127.0.0.1:\(port)", "--tls-cert", file("server.crt"), "--tls-key", file("server.key"),
                    "--no-builtin", "--policy", folder.appendingPathComponent("main.rego").path,
                ] + arguments
            process.currentDirectoryURL = folder
            process.environment = [:]
            process.standardError = try FileHandle(forWritingTo: log)
            try process.run()
        }

        deinit {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            try? FileManager.default.removeItem(at: folder)
        }

        static let path: URL? = {
            var folder = Bundle.main.executableURL?.deletingLastPathComponent()
            while let current = folder, current.path != "/" {
                let candidate = current.appendingPathComponent("lintel")
                if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
                folder = current.deletingLastPathComponent()
            }
            let built = ServedPolicies.package.appendingPathComponent(".build/debug/lintel")
            return FileManager.default.isExecutableFile(atPath: built.path) ? built : nil
        }()

        var logText: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

        func wait(for text: String, seconds: Double = 20) async throws {
            let end = Date() + seconds
            while !logText.contains(text) {
                try #require(Date() < end && process.isRunning, "no \(text) in: \(logText)")
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        /// Waits for the end; the exit code, or nil when it takes too long.
        func ended(within seconds: Double) async throws -> Int32? {
            let end = Date() + seconds
            while process.isRunning {
                if Date() > end { return nil }
                try await Task.sleep(for: .milliseconds(20))
            }
            return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        }
    }

    static let policy = ReloadTests.module("stop")

    private func post(_ client: HTTPClient, _ port: Int) async throws -> (status: UInt, isClosing: Bool) {
        var request = HTTPClientRequest(url: "https://localhost:\(port)/v1/admit?timeout=5s")
        request.method = .POST
        request.headers = ["Content-Type": "application/json"]
        request.body = .bytes(Array(ReloadTests.pod.utf8), length: .known(Int64(ReloadTests.pod.utf8.count)))
        let response = try await client.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 1 << 20)
        if response.status == .ok {
            #expect(try ReviewedResponse(Array(body.readableBytesView)).message == "[main.deny] stop")
        }
        return (response.status.code, response.headers.first(name: "Connection") == "close")
    }

    /// Requests go on through the drain; every one is answered, and the program ends with 0 in time.
    @Test func drainsOnTermination() async throws {
        let program = try Program(["--shutdown-delay", "3s"], policy: Self.policy, port: 18_443)
        try await program.wait(for: "listening")
        let client = try RunningServer.client()
        let isStopping = Stop()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var count = 0
                    while !isStopping.value {
                        let answer = try await post(client, program.port)
                        #expect(answer.status == 200)
                        count += 1
                    }
                    return count
                }
            }
            try await Task.sleep(for: .milliseconds(500))
            kill(program.process.processIdentifier, SIGTERM)
            // Ready no more, and answering all the same.
            try await program.wait(for: "stopping")
            var ready = HTTPClientRequest(url: "https://localhost:\(program.port)/readyz")
            ready.method = .GET
            let readiness = try await client.execute(ready, timeout: .seconds(5))
            #expect(readiness.status == .serviceUnavailable)
            try await Task.sleep(for: .milliseconds(500))
            isStopping.set()
            let answered = try await group.reduce(0, +)
            #expect(answered > 20)
        }
        try await client.shutdown()
        #expect(try await program.ended(within: 20) == 0)
        #expect(program.logText.contains(#""msg":"stopped""#))
    }

    /// A client that keeps its connection for later, as the API server does, and one that never says anything do not hold up
    /// the end.
    @Test func idleConnectionsDoNotHoldUpTheEnd() async throws {
        let program = try Program([], policy: Self.policy, port: 18_447)
        try await program.wait(for: "listening")
        let client = try RunningServer.client()
        #expect(try await post(client, program.port).status == 200)
        let silent = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: program.port).get()
        try await Task.sleep(for: .milliseconds(300))
        let start = Date()
        kill(program.process.processIdentifier, SIGTERM)
        #expect(try await program.ended(within: 20) == 0)
        #expect(Date().timeIntervalSince(start) < 4)
        try? await silent.close()
        try await client.shutdown()
    }

    /// A request that is being judged when the signal comes is answered before the end.
    @Test func finishesWhatIsUnderWay() async throws {
        let program = try Program([], policy: AdmissionControllerTests.endless, port: 18_444)
        try await program.wait(for: "listening")
        let hostile = ServerTests.body(
            AdmissionControllerTests.request(
                "CREATE", object: AdmissionControllerTests.pod(more: #","labels":{"hostile":"yes"}"#)))
        let client = try RunningServer.client()
        async let answer: (HTTPResponseStatus, Bool?) = {
            var request = HTTPClientRequest(url: "https://localhost:18444/v1/admit?timeout=2s")
            request.method = .POST
            request.body = .bytes(Array(hostile.utf8), length: .known(Int64(hostile.utf8.count)))
            let response = try await client.execute(request, timeout: .seconds(10))
            let body = try await response.body.collect(upTo: 1 << 20)
            return (response.status, try ReviewedResponse(Array(body.readableBytesView)).isAllowed)
        }()
        try await Task.sleep(for: .milliseconds(700))
        kill(program.process.processIdentifier, SIGTERM)
        let (status, isAllowed) = try await answer
        #expect(status == .ok)
        #expect(isAllowed == false)
        try await client.shutdown()
        #expect(try await program.ended(within: 10) == 0)
    }

    @Test(arguments: [
        (["--tls-cert", "none.crt"], "cannot read none.crt"), (["--policy", "none.rego"], "none.rego"),
    ])
    func doesNotStart(_ arguments: [String], _ problem: String) async throws {
        let program = try Program(arguments, policy: Self.policy, port: 18_445)
        #expect(try await program.ended(within: 20) == 2)
        #expect(program.logText.contains(problem), "\(program.logText)")
    }
}

/// Tells tasks to stop.
final class Stop: @unchecked Sendable {
    private let lock = NSLock()
    private var isSet = false
    var value: Bool { lock.withLock { isSet } }
    func set() { lock.withLock { isSet = true } }
}
