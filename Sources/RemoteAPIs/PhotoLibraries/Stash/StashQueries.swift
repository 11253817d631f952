/// The queries sent to Stash; a test validates each against its schema.
package enum StashQuery: String, CaseIterable, Sendable {
    /// What choosing needs of the images behind a number, about 300 bytes each; the last page has fewer than asked for.
    ///
    /// Pages follow one another by number and not by offset, so that an image deleted meanwhile makes none be missed.
    case index = """
        query Index($after: Int!, $size: Int!) {
          findImages(
            image_filter: { id: { value: $after, modifier: GREATER_THAN } }
            filter: { per_page: $size, sort: "id", direction: ASC }
          ) {
            images {
              id rating100 date
              galleries { id title }
              tags { id name }
              performers { id name favorite }
              visual_files {
                __typename
                ... on BaseFile { mod_time }
                ... on ImageFile { width height format }
                ... on VideoFile { width height }
              }
            }
          }
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
