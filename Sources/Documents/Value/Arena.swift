/// Bump storage: values are written once and freed all together.
///
/// The handle is trivially copyable; whoever calls `make` must call `destroy` after the last use of any value in it.
/// An arena belongs to one thread while it is written; finished documents are read from many.
@frozen
public struct Arena: @unchecked Sendable {
    @usableFromInline let state: UnsafeMutablePointer<State>

    /// Kept at the head of the first block, so that a small arena is one allocation.
    @usableFromInline
    struct State {
        @usableFromInline var current: UnsafeMutableRawPointer
        @usableFromInline var end: UnsafeMutableRawPointer
        /// The newest block after the first; each begins with a `BlockHeader`.
        var newestBlock: UnsafeMutablePointer<BlockHeader>?
        /// The largest block so far that is not too large, for when the first one is full again after a reset.
        var spareBlock: UnsafeMutablePointer<BlockHeader>?
        var firstBlockSize: Int
        var sizeOfFullBlocks: Int
        var nextBlockSize: Int
    }

    struct BlockHeader {
        var older: UnsafeMutablePointer<BlockHeader>?
        var size: Int
    }

    private static var stateSize: Int { (MemoryLayout<State>.size + 15) & ~15 }
    private static let largestBlock = 1 << 22
    private static let largestSpare = 1 << 20

    /// An empty arena whose first block holds about `capacity` bytes.
    public static func make(capacity: Int = 4096) -> Arena {
        let size = (max(capacity, 256) + 15) & ~15
        let block = UnsafeMutableRawPointer.allocate(byteCount: stateSize + size, alignment: 16)
        let state = block.bindMemory(to: State.self, capacity: 1)
        let start = block + stateSize
        state.initialize(
            to: State(
                current: start, end: start + size, newestBlock: nil, spareBlock: nil, firstBlockSize: size, sizeOfFullBlocks: 0,
                nextBlockSize: min(size * 2, largestBlock)))
        return Arena(state: state)
    }

    @usableFromInline
    init(state: UnsafeMutablePointer<State>) { self.state = state }

    private var firstStart: UnsafeMutableRawPointer { UnsafeMutableRawPointer(state) + Self.stateSize }

    /// Frees all storage. No value of this arena may be used afterwards.
    public func destroy() {
        freeLaterBlocks()
        if let spare = state.pointee.spareBlock { UnsafeMutableRawPointer(spare).deallocate() }
        UnsafeMutableRawPointer(state).deallocate()
    }

    private func freeLaterBlocks() {
        var block = state.pointee.newestBlock
        while let header = block {
            block = header.pointee.older
            UnsafeMutableRawPointer(header).deallocate()
        }
    }

    /// Forgets all values; keeps the first block for the next use, and of the others the largest that is not too large.
    public func reset() {
        if let newest = state.pointee.newestBlock {
            keepSpare(newest)
            state.pointee.newestBlock = nil
            state.pointee.sizeOfFullBlocks = 0
            state.pointee.nextBlockSize = min(state.pointee.firstBlockSize * 2, Self.largestBlock)
        }
        state.pointee.current = firstStart
        state.pointee.end = firstStart + state.pointee.firstBlockSize
    }

    /// Frees blocks but for one.
    private func keepSpare(_ newest: UnsafeMutablePointer<BlockHeader>) {
        var next: UnsafeMutablePointer<BlockHeader>? = newest
        while let block = next {
            next = block.pointee.older
            let spare = state.pointee.spareBlock
            let isBetter = block.pointee.size <= Self.largestSpare && block.pointee.size > (spare?.pointee.size ?? 0)
            if isBetter { state.pointee.spareBlock = block }
            if let unused = isBetter ? spare : block { UnsafeMutableRawPointer(unused).deallocate() }
        }
    }

    /// Bytes handed out since the last reset, counting full blocks whole.
    public var used: Int {
        let start = state.pointee.newestBlock.map { UnsafeMutableRawPointer($0 + 1) } ?? firstStart
        return state.pointee.sizeOfFullBlocks + (state.pointee.current - start)
    }

    /// Uninitialised storage, aligned to 16 bytes.
    @inlinable @inline(__always)
    public func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let rounded = max((byteCount &+ 15) & ~15, 16)
        let start = state.pointee.current
        let next = start + rounded
        if next > state.pointee.end { return allocateInNewBlock(rounded) }
        state.pointee.current = next
        return start
    }

    @usableFromInline @inline(never)
    func allocateInNewBlock(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let headerSize = MemoryLayout<BlockHeader>.size
        let full = state.pointee.newestBlock.map { $0.pointee.size } ?? state.pointee.firstBlockSize
        state.pointee.sizeOfFullBlocks += full
        var size = max(byteCount, state.pointee.nextBlockSize)
        let block: UnsafeMutableRawPointer
        if let spare = state.pointee.spareBlock, spare.pointee.size >= byteCount {
            (block, size) = (UnsafeMutableRawPointer(spare), spare.pointee.size)
            state.pointee.spareBlock = nil
        } else {
            block = .allocate(byteCount: headerSize + size, alignment: 16)
        }
        let header = block.bindMemory(to: BlockHeader.self, capacity: 1)
        header.initialize(to: BlockHeader(older: state.pointee.newestBlock, size: size))
        state.pointee.newestBlock = header
        state.pointee.nextBlockSize = min(size * 2, Self.largestBlock)
        state.pointee.current = block + headerSize + byteCount
        state.pointee.end = block + headerSize + size
        return block + headerSize
    }

    // MARK: Text

    /// Storage for `count` bytes of text.
    @inlinable @inline(__always)
    public func allocateText(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        allocate(count).assumingMemoryBound(to: UInt8.self)
    }

    /// A string that copies the bytes, which must be valid UTF-8.
    @inlinable
    public func string(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
        let target = allocateText(bytes.count)
        if let start = bytes.baseAddress, !bytes.isEmpty { target.update(from: start, count: bytes.count) }
        return .string(target, count: bytes.count)
    }

    /// A string that copies the text.
    public func string(_ text: some StringProtocol) -> Value {
        var copy = String(text)
        return copy.withUTF8 { string($0) }
    }

    /// A string that copies the bytes, which must be valid UTF-8.
    public func string(_ bytes: some Collection<UInt8>) -> Value {
        let count = bytes.count
        let target = allocateText(count)
        _ = UnsafeMutableBufferPointer(start: target, count: count).initialize(from: bytes)
        return .string(target, count: count)
    }

    // MARK: Collections

    /// An array of the elements in order.
    @inlinable
    public func array(_ elements: UnsafeBufferPointer<Value>) -> Value {
        let count = elements.count
        let target = allocate(count &* 16).assumingMemoryBound(to: Value.self)
        if let start = elements.baseAddress { Self.copy(start, to: target, count: count) }
        return .storage(.array, count: count, at: target)
    }

    /// A few values are copied faster than a call takes.
    @inlinable @inline(__always)
    static func copy(_ source: UnsafePointer<Value>, to target: UnsafeMutablePointer<Value>, count: Int) {
        if count > 8 { return target.update(from: source, count: count) }
        var index = 0
        while index < count {
            target[index] = source[index]
            index &+= 1
        }
    }

    /// An array of the elements in order.
    public func array(_ elements: [Value]) -> Value { elements.withUnsafeBufferPointer { array($0) } }

    /// A set of the elements: sorted in Rego order, duplicates removed. Sorts `elements` in place.
    @inlinable
    public func set(sorting elements: UnsafeMutableBufferPointer<Value>) -> Value {
        if ValueOrder.isAscending(elements) { return set(sorted: UnsafeBufferPointer(elements)) }
        if !ValueOrder.sort(elements) { return set(sorted: UnsafeBufferPointer(elements)) }
        var count = 0
        for index in elements.indices {
            if count > 0, elements[index] == elements[count - 1] { continue }
            elements[count] = elements[index]
            count += 1
        }
        return set(sorted: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(elements)[0..<count]))
    }

    /// A set of the elements: sorted in Rego order, duplicates removed.
    public func set(_ elements: [Value]) -> Value {
        var copy = elements
        return copy.withUnsafeMutableBufferPointer { set(sorting: $0) }
    }

    /// A set of elements that are already sorted and without duplicates.
    @inlinable
    public func set(sorted elements: UnsafeBufferPointer<Value>) -> Value {
        let count = elements.count
        // Most rules find nothing. Sets have no place in an input, so nobody tells two empty ones apart.
        if count == 0 { return .storage(.set, count: 0, at: UnsafeRawPointer(state)) }
        let target = allocate(count &* 16 &+ HashIndex.byteCount(for: count)).assumingMemoryBound(to: Value.self)
        if let start = elements.baseAddress { Self.copy(start, to: target, count: count) }
        HashIndex.fill(keys: target, count: count, at: target + count)
        return .storage(.set, count: count, at: target)
    }

    /// An object of the entries; of entries with equal keys the last one wins. Sorts `entries` in place.
    @inlinable
    public func object(sorting entries: UnsafeMutableBufferPointer<ObjectEntry>) -> Value {
        ValueOrder.sort(entries)
        var count = 0
        for index in entries.indices {
            if count > 0, entries[index].key == entries[count - 1].key {
                entries[count - 1].value = entries[index].value
            } else {
                entries[count] = entries[index]
                count += 1
            }
        }
        return object(sorted: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(entries)[0..<count]))
    }

    /// An object of the entries; of entries with equal keys it has the first key (`1` before `1.0`) and the last value.
    public func object(_ entries: [ObjectEntry]) -> Value {
        var copy = entries
        return copy.withUnsafeMutableBufferPointer { object(sorting: $0) }
    }

    /// An object with string keys.
    public func object(_ entries: KeyValuePairs<String, Value>) -> Value {
        object(entries.map { ObjectEntry(key: string($0.key), value: $0.value) })
    }

    /// An object of entries whose keys are already sorted and differ.
    @inlinable
    public func object(sorted entries: UnsafeBufferPointer<ObjectEntry>) -> Value {
        let count = entries.count
        let storage = objectStorage(count: count)
        for index in 0..<count {
            storage.keys[index] = entries[index].key
            storage.values[index] = entries[index].value
        }
        return finishObject(storage.keys, count: count)
    }

    /// An object with the keys of `shape`, which lives at least as long, and as many values in the order of the keys.
    @inlinable
    public func object(shapedAs shape: Value, values: UnsafePointer<Value>) -> Value {
        let count = shape.count
        let storage = objectStorage(count: count)
        let source = shape.keys.baseAddress!
        Self.copy(source, to: storage.keys, count: count)
        Self.copy(values, to: storage.values, count: count)
        let index = UnsafeMutableRawPointer(storage.values + count)
        index.copyMemory(from: UnsafeRawPointer(source + 2 * count), byteCount: HashIndex.byteCount(for: count))
        return .storage(.object, count: count, at: storage.keys)
    }

    /// Room for an object; fill the keys, sorted and without duplicates, and the values, then call `finishObject`.
    @inlinable
    public func objectStorage(count: Int) -> (keys: UnsafeMutablePointer<Value>, values: UnsafeMutablePointer<Value>) {
        let keys = allocate(count &* 32 &+ HashIndex.byteCount(for: count)).assumingMemoryBound(to: Value.self)
        return (keys, keys + count)
    }

    /// The object whose storage `objectStorage` gave and the caller filled.
    @inlinable
    public func finishObject(_ keys: UnsafeMutablePointer<Value>, count: Int) -> Value {
        HashIndex.fill(keys: keys, count: count, at: keys + 2 * count)
        return .storage(.object, count: count, at: keys)
    }
}

/// One key and value of an object under construction.
@frozen
public struct ObjectEntry: Sendable {
    public var key: Value
    public var value: Value

    @inlinable
    public init(key: Value, value: Value) {
        self.key = key
        self.value = value
    }
}
