import Diagnostics

/// Finds `# METADATA` blocks among the comments of a module.
///
/// A block goes on as long as comments follow on the next line in the first column (OPA's rule).
struct AnnotationBlocks {
    let file: SourceFile
    let comments: ContiguousArray<Location>

    func annotations(in module: Module) -> [Annotations] {
        var found: [Annotations] = []
        var index = 0
        while index < comments.count {
            guard startsBlock(comments[index]) else {
                index += 1
                continue
            }
            var end = index + 1
            while end < comments.count, follows(comments[end], comments[end - 1]) { end += 1 }
            let place = Location(start: comments[index].start, end: comments[end - 1].end)
            found.append(Annotations(location: place, comments: index..<end, target: .none))
            index = end
        }
        attach(&found, module)
        return found
    }

    private func startsBlock(_ comment: Location) -> Bool {
        var start = Int(comment.start) + 1
        while start < Int(comment.end), file.bytes[start] == UInt8(ascii: " ") || file.bytes[start] == UInt8(ascii: "\t") {
            start += 1
        }
        return file.bytes[start..<Int(comment.end)].starts(with: "METADATA".utf8)
    }

    private func follows(_ next: Location, _ previous: Location) -> Bool {
        let between = file.bytes[Int(previous.end)..<Int(next.start)]
        return between.elementsEqual("\n".utf8) || between.elementsEqual("\r\n".utf8)
    }

    /// Gives every block the statement that starts next after it; blocks in a row share one.
    private func attach(_ blocks: inout [Annotations], _ module: Module) {
        var rule = 0
        for index in blocks.indices {
            let end = blocks[index].location.end
            while rule < module.rules.count, module.rules[rule].location.start < end { rule += 1 }
            var best: (start: UInt32, target: AnnotationTarget)?
            func consider(_ start: UInt32, _ target: AnnotationTarget) {
                if start >= end, best.map({ start < $0.start }) ?? true { best = (start, target) }
            }
            if module.package.location.end > 0 { consider(module.package.location.start, .package) }
            if let next = module.imports.firstIndex(where: { $0.location.start >= end }) {
                consider(module.imports[next].location.start, .import(next))
            }
            if rule < module.rules.count { consider(module.rules[rule].location.start, .rule(rule)) }
            blocks[index].target = best?.target ?? .none
        }
    }
}
