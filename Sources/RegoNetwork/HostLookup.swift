import Dispatch
import RegoRuntime
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the addresses of a name through the system's resolver.
package enum HostLookup {
    struct Failure: Error {
        var message: String
        var isCancellation = false
    }

    private final class Box: Sendable {
        let addresses = Mutex<[String]?>(nil)
    }

    private static let longestWait = 5_000

    /// The addresses as text, IPv4 and IPv6. The wait is bounded, whatever the resolver does.
    static func addresses(of name: String, context: EvaluationContext) throws(Failure) -> [String] {
        let box = Box(), done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            let found = resolve(name)
            box.addresses.withLock { $0 = found }
            done.signal()
        }
        var waited = 0
        while done.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
            waited += 20
            if context.mustStop { throw Failure(message: "", isCancellation: true) }
            if waited >= longestWait { throw Failure(message: "lookup \(name): i/o timeout") }
        }
        let addresses = box.addresses.withLock { $0 } ?? []
        if addresses.isEmpty { throw Failure(message: "lookup \(name): no such host") }
        return addresses
    }

    private static func resolve(_ name: String) -> [String] {
        var hints = addrinfo(), list: UnsafeMutablePointer<addrinfo>?
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var next = list
        while let info = next {
            next = info.pointee.ai_next
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(
                info.pointee.ai_addr, info.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            if code != 0 { continue }
            let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    /// Whether the text is an address already, which needs no resolver.
    package static func isAddress(_ text: String) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 4) { storage in
            inet_pton(AF_INET, text, storage.baseAddress) == 1 || inet_pton(AF_INET6, text, storage.baseAddress) == 1
        }
    }
}
