import Diagnostics
import Documents
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Testing

@testable import Webhook

/// The decision log from the sink to files and servers.
@Suite struct DecisionLogTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func decision(_ number: Int) throws -> Decision {
        let input = try JSONReader.read(SourceFile(path: "input", text: #"{"number": \#(number)}"#))
        return Decision(id: "d-\(number)", timestamp: 0, path: "main", input: input, result: Array("true".utf8), requestedBy: "")
    }

    private static func served() throws -> ServedPolicies {
        try ServedPolicies(["main.rego": "package main\n\ndeny contains \"no\" if input.no\n"])
    }

    private static func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-decisions-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    private static func run(_ log: DecisionLog, _ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await log.run() }
            try await body()
            group.cancelAll()
        }
    }

    @Test func fileRotation() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("d.log").path
        var file = try DecisionFile(path: path, size: 25, count: 2)
        for number in 0..<9 { try file.write(Array("event \(number)..".utf8)) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["d.log", "d.log.1", "d.log.2"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "event 8..\n")
        #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == "event 6..\nevent 7..\n")
        #expect(try String(contentsOfFile: path + ".2", encoding: .utf8) == "event 4..\nevent 5..\n")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // A file that is there already is continued.
        var again = try DecisionFile(path: path, size: 25, count: 2)
        try again.write(Array("event 9..".utf8))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "event 8..\nevent 9..\n")
    }

    @Test func writesAFile() async throws {
        let folder = try Self.folder(), served = try Self.served()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("d.log").path
        var outputs = DecisionLog.Outputs()
        outputs.file = try DecisionFile(path: path, size: 1 << 20, count: 1)
        let log = DecisionLog(outputs, holder: served.holder, metrics: served.metrics, logger: Self.logger)
        try await Self.run(log) { for number in 0..<50 { log.record(try Self.decision(number)) } }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 50)
        #expect(lines[49].contains(#""decision_id":"d-49""#))
        #expect(served.metrics.registry.text().contains("lintel_decision_log_events_total 50"))
    }

    /// A server that fails at first gets every event once, in order, gzipped.
    @Test func uploadsWithRetry() async throws {
        let served = try Self.served()
        try await LoopbackServer.run(answering: { _, count in
            count < 2 ? ServerResponse(.internalServerError) : ServerResponse(.ok)
        }) { server, url in
            var outputs = DecisionLog.Outputs()
            outputs.server = DecisionServer(url: url + "/logs")
            var limits = DecisionUploader.Limits()
            limits.firstDelay = .milliseconds(10)
            limits.batch = 2000
            let log = DecisionLog(
                outputs, holder: served.holder, metrics: served.metrics, labels: [], logger: Self.logger, limits: limits)
            try await Self.run(log) {
                for number in 0..<30 { log.record(try Self.decision(number)) }
                await LoopbackServer.wait { Self.ids(server.seen.dropFirst(2)).count >= 30 }
            }
            #expect(Self.ids(server.seen.dropFirst(2)) == (0..<30).map { "d-\($0)" })
            #expect(server.seen.allSatisfy { $0.path == "/logs" && $0.headers.first(name: "Content-Encoding") == "gzip" })
            #expect(served.metrics.registry.text().contains("lintel_decision_log_failed_uploads_total 2"))
        }
    }

    /// What was decided just before the end is sent, too.
    @Test func sendsTheRestAtTheEnd() async throws {
        let served = try Self.served()
        try await LoopbackServer.run(answering: { _, _ in ServerResponse(.ok) }) { server, url in
            var outputs = DecisionLog.Outputs()
            outputs.server = DecisionServer(url: url)
            let log = DecisionLog(outputs, holder: served.holder, metrics: served.metrics, logger: Self.logger)
            try await Self.run(log) { log.record(try Self.decision(1)) }
            #expect(Self.ids(server.seen[...]) == ["d-1"])
        }
    }

    private static func ids(_ seen: ArraySlice<LoopbackServer.Seen>) -> [String] {
        seen.flatMap { request -> [String] in
            let events = try? JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? [[String: Any]]
            return (events ?? []).compactMap { $0["decision_id"] as? String }
        }
    }
}
