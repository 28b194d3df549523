import Inputs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The memory this process may use.
enum MemoryLimit {
    /// That of its control group, or of the machine; nil when neither tells.
    static var bytes: Int? {
        let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        let limits = files.compactMap { file -> Int? in
            guard let bytes = try? FileSystem.read(file, limit: 64) else { return nil }
            return Int(String(decoding: bytes.filter { (0x30...0x39).contains($0) }, as: UTF8.self))
        }
        return (limits + [physical].compactMap(\.self)).filter { $0 > 0 }.min()
    }

    private static var physical: Int? {
        let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
        return pages > 0 && size > 0 ? pages * size : nil
    }
}
