/// Bytes at an address that stays.
final class OwnedBytes: @unchecked Sendable {
    let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ contents: [UInt8]) {
        bytes = .allocate(capacity: contents.count)
        _ = bytes.initialize(from: contents)
    }

    deinit { bytes.deallocate() }
}
