import Diagnostics
package import Documents
package import Inputs

/// Finds the text that a finding is shown at.
///
/// The line of a mapping or sequence is the line of its key; of a sequence item, the line where it begins; of a
/// resource, its first line. Ranges never cross lines: annotations of code hosts are shown below the last one.
package struct PlaceFinder {
    package let resource: Resource

    package init(resource: Resource) { self.resource = resource }

    /// Where a node stands or, when it is missing, its nearest existing parent.
    package func location(of path: DocumentPath) -> SourcePlace {
        let place = resource.document.place(at: path, keepsMissingSteps: false)
        var span = place.span
        if place.value.isCollection || place.path.steps.count < path.steps.count, let key = place.keySpan { span = key }
        return location(of: resource.document.range(span) ?? resource.document.range(resource.document.rootSpan))
    }

    /// Where a text of the resource stands that was found already; where `path` leads to when that is not known.
    package func location(of path: DocumentPath, span: ByteSpan?) -> SourcePlace {
        guard let span, let range = resource.document.range(span) else { return location(of: path) }
        return location(of: range)
    }

    /// Where a credential stands in the text at a path: its own characters when the source has them as they are, else the
    /// whole text.
    func location(of path: DocumentPath, secret: PolicyResult.Secret) -> SourcePlace {
        var location = location(of: path)
        location.isSecret = true
        let place = resource.document.place(at: path, keepsMissingSteps: false)
        guard place.path == path, !place.value.isCollection, let range = resource.document.range(place.span) else {
            return location
        }
        let source = range.file
        var bytes = Int(range.start)..<Int(range.end)
        if let first = source.bytes[bytes].first, first == UInt8(ascii: "|"), !secret.value.isEmpty {
            let line = source.line(at: bytes.lowerBound) + 1 + max(0, secret.line)
            guard line <= source.lineCount else { return location }
            let content = source.byteRange(ofLine: line)
            if content.lowerBound < bytes.upperBound { bytes = content }
        }
        if let found = source.bytes[bytes].firstRange(of: Array(secret.value.utf8)), !found.isEmpty {
            bytes = found
        } else {
            // Blanks before the text of a line belong to nobody.
            bytes = bytes.lowerBound + source.bytes[bytes].prefix { $0 == UInt8(ascii: " ") }.count..<bytes.upperBound
        }
        location = self.location(of: SourceRange(file: source, start: UInt32(bytes.lowerBound), end: UInt32(bytes.upperBound)))
        location.isSecret = true
        return location
    }

    /// A line of the resource's file; the resource's first line when there is no such line.
    package func location(ofLine line: Int) -> SourcePlace {
        guard let source = resource.document.source, line >= 1, line <= source.lineCount else {
            return location(of: DocumentPath())
        }
        let bytes = source.byteRange(ofLine: line)
        let indent = source.bytes[bytes].prefix { $0 == UInt8(ascii: " ") }.count
        return location(
            of: SourceRange(file: source, start: UInt32(bytes.lowerBound + indent), end: UInt32(bytes.upperBound)))
    }

    private func location(of range: SourceRange?) -> SourcePlace {
        guard let range else {
            let origin = Position(line: 1, column: 1)
            return SourcePlace(file: resource.path, start: origin, end: origin)
        }
        let (line, start, end) = range.onOneLine
        let file = range.file === resource.document.source ? resource.path : range.file.path
        return SourcePlace(file: file, start: start, end: end, range: line)
    }
}
