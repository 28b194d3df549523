#if canImport(Glibc)
    import Glibc
#endif

/// Maps bytes of the running program's own file at the address that their pointers are made for: nothing is copied, no pointer
/// is changed, and only the pages that are looked at are read.
enum ImageMapping {
    /// Where images are laid out for: far from where systems put programs, libraries and heaps.
    static let address: UInt64 = 0x2A00_0000_0000
    /// The bytes must begin at a multiple of this in the file.
    static let alignment = 4096

    #if os(Linux) && (arch(x86_64) || arch(arm64))
        /// The mapped bytes; nil when they are not in the program's file, or when the address is taken.
        static func map(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
            guard let start = bytes.baseAddress, let offset = fileOffset(of: start), offset % Int(getpagesize()) == 0,
                let wanted = UnsafeMutableRawPointer(bitPattern: UInt(address))
            else { return nil }
            let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return nil }
            defer { close(file) }
            // Older kernels take the address for a hint.
            let isExact: Int32 = 0x100000
            let mapped = mmap(wanted, bytes.count, PROT_READ | PROT_WRITE, MAP_PRIVATE | isExact, file, off_t(offset))
            guard let mapped, mapped != MAP_FAILED else { return nil }
            let edge = min(bytes.count, 256)
            guard mapped == wanted, memcmp(mapped, start, edge) == 0,
                memcmp(mapped + bytes.count - edge, start + bytes.count - edge, edge) == 0
            else {
                munmap(mapped, bytes.count)
                return nil
            }
            return UnsafeRawPointer(mapped)
        }

        /// Where in the program's file something stands that is in memory, by the table that the kernel keeps
        /// (proc_pid_maps(5)), in which the program comes first: `start-end permissions offset …`. Nil for what is not there.
        private static func fileOffset(of place: UnsafeRawPointer) -> Int? {
            let maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
            guard maps >= 0 else { return nil }
            defer { close(maps) }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { buffer in
                let count = read(maps, buffer.baseAddress, buffer.count)
                guard count > 0 else { return nil }
                let address = UInt(bitPattern: place)
                for line in buffer[..<count].split(separator: UInt8(ascii: "\n")) {
                    let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
                    guard parts.count == 4, let dash = parts[0].firstIndex(of: UInt8(ascii: "-")),
                        let start = number(parts[0][..<dash]), let end = number(parts[0][(dash + 1)...]),
                        let offset = number(parts[2])
                    else { return nil }
                    if address >= start, address < end { return Int(offset + (address - start)) }
                }
                return nil
            }
        }

        private static func number(_ digits: some Sequence<UInt8>) -> UInt? {
            var number: UInt = 0
            for digit in digits {
                switch digit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt(digit - UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt(digit - UInt8(ascii: "a") + 10)
                default: return nil
                }
            }
            return number
        }
    #else
        static func map(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? { nil }
    #endif
}
