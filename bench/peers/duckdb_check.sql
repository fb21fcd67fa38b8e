-- The eleven rules over one pass of the ledger, a count each. $… are the parameters; see duckdb_check.py.

WITH ledger AS (
    SELECT
        type, application_date, priority_date, publication_date, grant_date, legal_status, status_date, ipc_main,
        divisional_of IS NOT NULL AS divisional,
        pct_no IS NOT NULL AS pct,
        coalesce(term_compensation = '是', false) AS compensated,
        coalesce(decrypted = '是', false) AS declassified,
        -- Nearly all are plain, and then nothing is to be folded.
        CASE
            WHEN strlen(application_no) = length(application_no) AND NOT contains(application_no, ' ')
            THEN upper(application_no)
            ELSE upper(replace(translate(application_no, $full_width, $half_width), ' ', ''))
        END AS folded,
        CASE
            WHEN strlen(publication_no) = length(publication_no) AND NOT contains(publication_no, ' ')
            THEN upper(publication_no)
            ELSE upper(replace(translate(publication_no, $full_width, $half_width), ' ', ''))
        END AS publication,
        CASE
            WHEN strlen(grant_no) = length(grant_no) AND NOT contains(grant_no, ' ')
            THEN upper(grant_no)
            ELSE upper(replace(translate(grant_no, $full_width, $half_width), ' ', ''))
        END AS grant_number
    -- Said and not guessed: the first rows of a small file do not show how quotes are escaped.
    FROM read_csv($csv, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {
        'type': 'VARCHAR', 'application_no': 'VARCHAR', 'patent_no': 'VARCHAR', 'publication_no': 'VARCHAR',
        'grant_no': 'VARCHAR', 'title': 'VARCHAR', 'owner_name': 'VARCHAR', 'owner_uscc': 'VARCHAR',
        'application_date': 'DATE', 'priority_date': 'DATE', 'publication_date': 'DATE', 'grant_date': 'DATE',
        'legal_status': 'VARCHAR', 'status_date': 'DATE', 'divisional_of': 'VARCHAR', 'term_compensation': 'VARCHAR',
        'ipc_main': 'VARCHAR', 'pct_no': 'VARCHAR', 'decrypted': 'VARCHAR'
    })
),

-- The number without its prefixes: 8 or 12 digits and, after them, perhaps the check character.
bare AS (
    SELECT *,
        CASE
            WHEN starts_with(folded, 'CNZL') THEN substr(folded, 5)
            WHEN starts_with(folded, 'CN') OR starts_with(folded, 'ZL') THEN substr(folded, 3)
            ELSE folded
        END AS number
    FROM ledger
),

-- Well-formed ones have 8 or 12 digits, others none; then come the year, the kind and the check.
shaped AS (
    SELECT *,
        CASE
            WHEN regexp_full_match(number, '[0-9]{12}(\.?[0-9X])?') THEN 12
            WHEN regexp_full_match(number, '[0-9]{8}(\.?[0-9X])?') THEN 8
            ELSE 0
        END AS shape
    FROM bare
),

numbered AS (
    SELECT *,
        CASE WHEN shape > 0 THEN CAST(left(number, shape) AS BIGINT) END AS n,
        CASE WHEN length(number) > shape THEN right(number, 1) END AS written
    FROM shaped
),

dated AS (
    SELECT *,
        CASE
            WHEN shape = 12 THEN n // 100000000
            WHEN n // 1000000 >= 85 THEN 1900 + n // 1000000
            ELSE 2000 + n // 1000000
        END AS number_year,
        CASE WHEN shape = 12 THEN n // 10000000 % 10 ELSE n // 100000 % 10 END AS kind_digit,
        CASE WHEN shape = 12 THEN
            n // 100000000000 * 2 + n // 10000000000 % 10 * 3 + n // 1000000000 % 10 * 4 + n // 100000000 % 10 * 5
            + n // 10000000 % 10 * 6 + n // 1000000 % 10 * 7 + n // 100000 % 10 * 8 + n // 10000 % 10 * 9
            + n // 1000 % 10 * 2 + n // 100 % 10 * 3 + n // 10 % 10 * 4 + n % 10 * 5
        ELSE
            n // 10000000 * 2 + n // 1000000 % 10 * 3 + n // 100000 % 10 * 4 + n // 10000 % 10 * 5
            + n // 1000 % 10 * 6 + n // 100 % 10 * 7 + n // 10 % 10 * 8 + n % 10 * 9
        END % 11 AS remainder
    FROM numbered
),

judged AS (
    SELECT *,
        -- How many digits a number has that can be one; 0 where it is malformed or its year impossible.
        CASE
            WHEN shape = 12 AND number_year BETWEEN 2003 AND 2999 THEN 12
            WHEN shape = 8 AND number_year BETWEEN 1985 AND 2003 THEN 8
            ELSE 0
        END AS digits,
        CASE kind_digit
            WHEN 1 THEN '发明' WHEN 8 THEN '发明' WHEN 2 THEN '实用新型' WHEN 9 THEN '实用新型' WHEN 3 THEN '外观设计'
        END AS kind,
        CASE WHEN remainder = 10 THEN 'X' ELSE CAST(remainder AS VARCHAR) END AS expected,
        year(application_date) AS filed_year,
        CASE type WHEN '发明' THEN $term_invention WHEN '实用新型' THEN $term_utility ELSE $term_design END AS term
    FROM dated
)

SELECT
    count(*) FILTER (WHERE digits = 0 AND NOT declassified),

    count(*) FILTER (WHERE digits > 0 AND written IS DISTINCT FROM expected),

    count(*) FILTER (WHERE digits > 0 AND kind IS DISTINCT FROM type),

    count(*) FILTER (
        WHERE (digits = 8 AND application_date < $cut_over
            OR digits = 12 AND (application_date >= $cut_over OR divisional OR pct))
        AND CASE
            WHEN number_year < filed_year THEN true
            WHEN divisional THEN false
            WHEN pct THEN number_year > year(coalesce(priority_date, application_date) + to_months($national_phase_months))
            ELSE number_year > filed_year AND NOT (number_year = filed_year + 1 AND month(application_date) = 12)
        END
    ),

    count(*) FILTER (
        WHERE digits > 0 AND NOT (digits = 12 AND (divisional OR pct))
        AND digits != CASE WHEN application_date < $cut_over THEN 8 ELSE 12 END
    ),

    count(*) FILTER (
        WHERE starts_with(folded, 'ZL')
        AND (legal_status = '申请中' OR grant_date IS NULL AND legal_status != '有效')
    ),

    count(*) FILTER (WHERE NOT CASE type
        WHEN '发明' THEN regexp_full_match(publication, 'CN1([0-9]{6}|[0-9]{8})[ABC]')
        WHEN '实用新型' THEN regexp_full_match(publication, 'CN2([0-9]{6}|[0-9]{8})[UY]')
        ELSE regexp_full_match(publication, 'CN3([0-9]{6}|[0-9]{8})[SD]')
    END)
    + count(*) FILTER (WHERE NOT CASE type
        WHEN '发明' THEN regexp_full_match(grant_number, 'CN1([0-9]{6}|[0-9]{8})[ABC]')
        WHEN '实用新型' THEN regexp_full_match(grant_number, 'CN2([0-9]{6}|[0-9]{8})[UY]')
        ELSE regexp_full_match(grant_number, 'CN3([0-9]{6}|[0-9]{8})[SD]')
    END),

    count(*) FILTER (WHERE priority_date > application_date)
    + count(*) FILTER (WHERE publication_date < application_date)
    + count(*) FILTER (WHERE grant_date IS NULL AND legal_status = '有效')
    + count(*) FILTER (
        WHERE grant_date < application_date
        OR grant_date = application_date AND type = '发明'
        OR grant_date < publication_date AND NOT declassified
    )
    + count(*) FILTER (WHERE status_date < grant_date AND grant_date <= $cut_off)
    + count(*) FILTER (WHERE status_date > $cut_off),

    count(*) FILTER (
        WHERE $period_end >= $term_rule_from AND legal_status = '有效'
        AND $cut_off > application_date + to_years(term)
        AND NOT (type = '发明' AND compensated)
    ),

    count(*) FILTER (
        WHERE type != '外观设计' AND NOT (
            -- A join, which is much quicker here than looking through a list.
            upper(left(trim(ipc_main), 4)) IN (SELECT unnest($subclasses))
            AND regexp_full_match(substr(trim(ipc_main), 5), '(\s*0{0,3}[1-9][0-9]{0,3}/[0-9]{2,6})?')
        )
    ),

    count(*) FILTER (WHERE status_date < $cut_off - to_days($status_max_age_days))
FROM judged
