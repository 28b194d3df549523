import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server that cannot listen says why in words.
@Suite struct ListenFailureTests {
    static let commands = [["playground"], ["serve", "--insecure-http", "--log-level", "error"]]

    /// A socket that listens on a port of its own until it is closed.
    private static func busyPort() throws -> (socket: Int32, port: Int) {
        #if canImport(Glibc)
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 1) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        try #require(isBound)
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    @Test(arguments: commands) func busy(_ command: [String]) throws {
        let (socket, port) = try Self.busyPort()
        defer { close(socket) }
        let run = try LintelRun(command + ["--listen", "127.0.0.1:\(port)"])
        #expect(run.code == 2)
        #expect(
            run.errors
                == "error: cannot listen on 127.0.0.1:\(port): another program has that port; end it or choose another port with --listen\n"
        )
    }

    @Test func unknownHost() throws {
        let run = try LintelRun(["playground", "--listen", "host.invalid:8080"])
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("error: cannot listen on host.invalid:8080: no machine is called host.invalid ("))
        #expect(run.errors.hasSuffix("); 127.0.0.1 is this machine for itself, 0.0.0.0 all its addresses\n"))
    }

    /// An address for documentation, which no machine has.
    @Test func foreignAddress() throws {
        let run = try LintelRun(["playground", "--listen", "192.0.2.1:8080"])
        #expect(run.code == 2)
        #expect(
            run.errors
                == "error: cannot listen on 192.0.2.1:8080: this machine has no such address; 127.0.0.1 is this machine for itself, 0.0.0.0 all its addresses\n"
        )
    }
}
