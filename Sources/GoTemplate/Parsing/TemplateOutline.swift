import GoLibrary

/// What of a text can run: its pieces and branches, each known by the offset that `TemplateRun.visit` is called with.
package struct TemplateOutline: Sendable {
    /// Text that is not blank, or an action.
    package struct Piece: Sendable {
        /// From the offset it is known by to its end; an action counts as one byte.
        package var range: Range<Int>
    }

    /// What follows `if`, `with`, `range`, `else` or `define` up to the word that closes it.
    package struct Branch: Sendable {
        /// From the offset of its word, by which it is known, to that of the word that closes it.
        package var range: Range<Int>
        /// Such as `if .Values.ingress.enabled`.
        package var text: String
    }

    package private(set) var pieces: [Piece] = []
    /// Outer ones before those inside.
    package private(set) var branches: [Branch] = []

    init(_ bodies: [TemplateBody]) {
        for body in bodies {
            if let extent = body.extent {
                add(extent.lowerBound, extent.upperBound, "define \(GoText.quoted(body.name))", body.nodes)
            } else {
                add(body.nodes)
            }
        }
        // Templates that are defined in a text come before what stands around them.
        branches.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    private mutating func add(_ nodes: [TemplateNode]) {
        for node in nodes {
            switch node {
            case .text(let text, let position):
                if text.allSatisfy({ $0 <= 0x20 }) { continue }
                pieces.append(Piece(range: position..<position + text.count))
            case .output(let pipeline): addAction(pipeline.position)
            case .template(let call): addAction(call.position)
            case .branch(let branch): add(branch)
            case .breakLoop, .continueLoop: break
            }
        }
    }

    private mutating func addAction(_ position: Int) { pieces.append(Piece(range: position..<position + 1)) }

    private mutating func add(_ branch: BranchNode) {
        let places = branch.places
        addAction(branch.pipeline.position)
        let text = "\(branch.word.rawValue) \(branch.pipeline.text)"
        add(places.word, places.otherwise ?? places.end, (places.isElse ? "else " : "") + text, branch.body)
        guard let otherwise = branch.otherwise, let start = places.otherwise else { return }
        if case .branch(let inner)? = otherwise.first, inner.places.isElse {
            add(inner)
        } else {
            add(start, places.end, "else of \(text)", otherwise)
        }
    }

    /// Adds a branch, unless nothing in it can run.
    private mutating func add(_ start: Int, _ end: Int, _ text: String, _ nodes: [TemplateNode]) {
        let count = (pieces.count, branches.count)
        branches.append(Branch(range: start..<end, text: text))
        add(nodes)
        if pieces.count == count.0 { branches.removeLast(branches.count - count.1) }
    }
}

extension TemplateSet {
    /// What of a text can run.
    /// - Throws: `TemplateProblem` for a text that is no template.
    package func outline(of source: TemplateSource) throws(TemplateProblem) -> TemplateOutline {
        TemplateOutline(try templates(of: source))
    }
}
