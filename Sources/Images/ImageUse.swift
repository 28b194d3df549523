package import Diagnostics
package import Documents
package import Inputs

/// Where a part of an image's name is written.
package struct ImagePlace: Sendable, Hashable {
    /// What is written there.
    package enum Kind: String, Sendable {
        case manifest, kustomization, values, template
        /// `Chart.yaml`, whose `appVersion` many charts take for the tag.
        case chart
        /// An option of the command line.
        case flag
    }

    /// Which part of the image the text is.
    package enum Part: String, Sendable {
        case image, name, tag, digest
        /// A part of several, or something that a template changes.
        case other
    }

    /// The file as reports show it, or the flag.
    package var file: String
    package var line: Int
    /// Counted in bytes from 1.
    package var column: Int
    package var kind: Kind
    package var part: Part
    /// The field that holds the text, such as `image.tag` of a values file; empty in templates.
    package var key: String
    /// The scalar's text; the line in a template.
    package var text: String
    /// The bytes of the scalar with its quotes, or of the image in a template; nil where nothing can be changed.
    package var range: Range<Int>?
}

/// A container, or another field, that names an image.
package struct ImageUse: Sendable {
    /// As it is written.
    package var text: String
    /// Nil when the text is no image name.
    package var image: ImageReference?
    package var resource: ResourceReference
    /// The file that the object is counted to.
    package var file: String
    /// The name of the container, or of the volume; empty for other fields.
    package var container: String
    package var path: DocumentPath
    package var pullPolicy: String?
    /// Where it is written: the place to change first.
    package var places: [ImagePlace]
    /// The empty value of a chart in whose place the chart's `appVersion` is the tag; nil when there is none.
    package var emptyTag: ImagePlace?
    /// How the object comes to be, such as `as built from overlays/prod`; empty for one that stands in its file.
    package var builds: [String]
    /// Whether the field is taken for an image by its name.
    package var isGuess = false
}

/// An image with all that use it.
package struct Image: Sendable {
    /// The name, written in full; the text where it is no name.
    package var title: String
    package var reference: ImageReference?
    package var uses: [ImageUse]

    /// What the containers say of pulling, each once.
    package var pullPolicies: [String] { Set(uses.compactMap(\.pullPolicy)).sorted() }

    /// The places where it is written, each once, in the order of files.
    package var places: [ImagePlace] {
        var seen: Set<ImagePlace> = []
        return uses.flatMap(\.places).filter { seen.insert($0).inserted }
            .sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    /// The images of uses, by name. What only looks like an image, such as a value that a chart is given, is left out where the
    /// same text is known to name one.
    package static func grouping(_ uses: [ImageUse]) -> [Image] {
        struct Spot: Hashable {
            var file: String
            var line: Int
            var column: Int
        }
        func spots(_ use: ImageUse) -> [Spot] { use.places.map { Spot(file: $0.file, line: $0.line, column: $0.column) } }
        let known = Set(uses.filter { !$0.isGuess }.flatMap(spots))
        var images: [String: Image] = [:]
        for use in uses {
            if use.isGuess, spots(use).contains(where: known.contains) { continue }
            let title = use.image?.fullText ?? use.text
            images[title, default: Image(title: title, reference: use.image, uses: [])].uses.append(use)
        }
        return images.values.sorted { $0.title < $1.title }
    }
}
