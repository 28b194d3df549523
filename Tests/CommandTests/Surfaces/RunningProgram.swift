import Foundation
import Testing

/// A server of the real program on a port of the loopback interface; it ends with its owner.
final class RunningProgram {
    let port: Int
    private let process = Process()
    private let log: URL

    /// - Parameter arguments: PORT in them is replaced by a free port.
    init(_ arguments: [String], in folder: TemporaryFolder, ready path: String) throws {
        port = try Loopback.freePort()
        log = folder.url.appendingPathComponent("\(arguments[0]).log")
        try Data().write(to: log)
        process.executableURL = LintelRun.program
        process.arguments = arguments.map { $0.replacing("PORT", with: String(port)) }
        process.currentDirectoryURL = folder.url
        process.environment = [:]
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let end = Date() + 60
        while (try? Loopback.send("GET", path, port: port))?.status != 200 {
            try #require(Date() < end && process.isRunning, "not ready: \(text)")
            usleep(50_000)
        }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// The JSON that a POST is answered with.
    func post(_ path: String, _ body: String) throws -> [String: Any] {
        let reply = try Loopback.send("POST", path, body: body, port: port)
        try #require(reply.status == 200, "\(reply.status) \(reply.body) \(text)")
        return try #require(try JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any])
    }
}

/// HTTP/1.1 over one connection for each request.
enum Loopback {
    struct Failure: Error {}

    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port: 0), size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0 }
        }
        guard isBound else { throw Failure() }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    static func send(_ method: String, _ path: String, body: String = "", port: Int) throws -> (status: Int, body: String) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port: port)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Failure() }
        let text = "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure() }
            bytes = bytes.dropFirst(count)
        }
        var reply: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count <= 0 { break }
            reply += buffer[..<count]
        }
        let parts = String(decoding: reply, as: UTF8.self).split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let status = parts[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw Failure() }
        guard parts[0].lowercased().contains("transfer-encoding: chunked") else { return (status, String(parts[1])) }
        return (status, joined(Array(parts[1].utf8)[...]))
    }

    /// The text of a body that comes in chunks.
    private static func joined(_ bytes: ArraySlice<UInt8>) -> String {
        var rest = bytes, text: [UInt8] = []
        while let end = rest.firstIndex(of: 13), let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), size > 0 {
            let start = end + 2
            text += rest[start..<min(start + size, rest.endIndex)]
            rest = rest[min(start + size + 2, rest.endIndex)...]
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
