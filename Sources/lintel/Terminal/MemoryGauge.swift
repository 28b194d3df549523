#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The memory of this process and of the machine it runs on.
struct MemoryGauge {
    #if os(Linux)
        private let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    #endif

    /// Bytes of memory that are the process's own, files that it only maps left out; nil when the system does not tell.
    var used: Int? {
        #if os(Linux)
            // Numbers of pages: size, resident, shared.
            guard let (resident, shared) = Self.pages(of: descriptor) else { return nil }
            return (resident - shared) * Int(sysconf(Int32(_SC_PAGESIZE)))
        #else
            var usage = rusage()
            return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : nil
        #endif
    }

    /// Bytes that processes may use: the machine's, or less where the control group of the process allows less.
    static var available: Int? {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        var least = pages > 0 ? pages * Int(sysconf(Int32(_SC_PAGESIZE))) : Int.max
        #if os(Linux)
            for file in groupLimits(text(at: "/proc/self/cgroup")) {
                let text = text(at: file).prefix { $0 != "\n" }
                if let limit = Int(text), limit > 0 { least = min(least, limit) }
            }
        #endif
        return least == .max ? nil : least
    }

    /// The files that may state a limit, from the control groups a process is in (cgroups(7), "/proc/[pid]/cgroup"): its
    /// own and those around it, of version 2 and of the memory controller of version 1. Inside a container the path may be
    /// that of the host, and only the root is there.
    static func groupLimits(_ groups: String) -> [String] {
        var files: [String] = []
        for line in groups.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let (root, name): (String, String)
            if parts[0] == "0", parts[1].isEmpty {
                (root, name) = ("/sys/fs/cgroup", "memory.max")
            } else if parts[1].split(separator: ",").contains("memory") {
                (root, name) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            } else {
                continue
            }
            var steps = parts[2].split(separator: "/")
            while true {
                files.append(([root] + steps.map(String.init) + [name]).joined(separator: "/"))
                if steps.popLast() == nil { break }
            }
        }
        return files
    }

    /// The second and third number of the file; it is read often while a run goes on.
    private static func pages(of descriptor: Int32) -> (resident: Int, shared: Int)? {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            var (resident, shared) = (0, 0), place = 0
            for byte in buffer.prefix(max(0, count)) {
                if byte == 0x20 || byte == 0x0A {
                    place += 1
                    if place == 3 { return (resident, shared) }
                } else {
                    guard byte &- 0x30 < 10 else { return nil }
                    let digit = Int(byte - 0x30)
                    if place == 1 { resident = resident &* 10 &+ digit }
                    if place == 2 { shared = shared &* 10 &+ digit }
                }
            }
            return nil
        }
    }

    private static func text(at path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return text(of: descriptor)
    }

    /// The beginning of a small file.
    private static func text(of descriptor: Int32) -> String {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            return count > 0 ? String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self) : ""
        }
    }
}
