/** SQL's keywords, functions and types, in capitals and small letters. */
export const SQL = `
  SELECT FROM WHERE AND OR NOT NULL IS IN LIKE BETWEEN EXISTS JOIN INNER LEFT RIGHT FULL OUTER CROSS
  ON USING GROUP BY ORDER HAVING ASC DESC LIMIT OFFSET UNION ALL DISTINCT AS CASE WHEN THEN ELSE END
  INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE VIEW INDEX DROP ALTER ADD COLUMN PRIMARY KEY
  FOREIGN REFERENCES UNIQUE CHECK DEFAULT CONSTRAINT BEGIN COMMIT ROLLBACK WITH RECURSIVE RETURNING
  COUNT SUM AVG MIN MAX COALESCE CAST INT INTEGER BIGINT VARCHAR TEXT CHAR DATE TIMESTAMP BOOLEAN
  DECIMAL FLOAT TRUE FALSE select from where and or not null is in like between exists join inner left
  right outer on group by order having asc desc limit offset union all distinct as case when then else
  end insert into values update set delete create table view index drop alter add column primary key
  foreign references unique default count sum avg min max coalesce int integer varchar text date
  timestamp
`;
