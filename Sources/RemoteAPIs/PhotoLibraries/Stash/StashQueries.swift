/// The queries sent to Stash; a test validates each against its schema.
package enum StashQuery: String, CaseIterable, Sendable {
    /// All identifiers, about twelve bytes each.
    case identifiers = """
        query Identifiers {
          findImages(filter: { per_page: -1, sort: "id", direction: ASC }) { count images { id } }
        }
        """

    /// One picture with what a caption needs; null when it is gone.
    case photo = """
        query Photo($id: ID!) {
          findImage(id: $id) {
            id title rating100 date
            paths { thumbnail image }
            visual_files {
              __typename
              ... on BaseFile { basename size fingerprints { type value } }
              ... on ImageFile { width height format }
              ... on VideoFile { width height format duration video_codec }
            }
            galleries { id title }
            tags { id name }
            performers { id name }
          }
        }
        """

    /// Whether it is ready and which version it is; a Stash that waits for its owner answers nothing else.
    case status = """
        query Status { systemStatus { status } version { version } }
        """

    /// How much it holds, without any rows.
    case count = """
        query Count { findImages(filter: { per_page: 0 }) { count } }
        """

    /// What people have noted about a picture; null when it is gone.
    case marks = """
        query Marks($id: ID!) { findImage(id: $id) { id rating100 organized } }
        """

    /// Rates a picture, or takes its rating away with null.
    case setRating = """
        mutation SetRating($id: ID!, $value: Int) { imageUpdate(input: { id: $id, rating100: $value }) { id } }
        """

    /// Calls a picture finished, or not.
    case setOrganized = """
        mutation SetOrganized($id: ID!, $value: Boolean!) {
          imageUpdate(input: { id: $id, organized: $value }) { id }
        }
        """
}
