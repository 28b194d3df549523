import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a server did not run, in words.
enum ListenFailure {
    /// - Parameters:
    ///   - error: what the network gave, or any other error of a server.
    ///   - listen: what `--listen` says.
    static func text(_ error: any Error, at listen: String) -> String {
        if let error = error as? SocketAddressError.UnknownHost {
            return "cannot listen on \(listen): no machine is called \(error.host) (\(error.errorDescription)); \(addresses)"
        }
        guard let error = error as? IOError else { return "cannot serve: \(error)" }
        switch error.errnoCode {
        case EADDRINUSE:
            return "cannot listen on \(listen): another program has that port; end it or choose another port with --listen"
        case EACCES, EPERM:
            return "cannot listen on \(listen): not allowed; choose a port from 1024 with --listen, or give the right to open it"
        case EADDRNOTAVAIL: return "cannot listen on \(listen): this machine has no such address; \(addresses)"
        default: return "cannot listen on \(listen): \(String(cString: strerror(error.errnoCode)))"
        }
    }

    private static let addresses = "127.0.0.1 is this machine for itself, 0.0.0.0 all its addresses"
}
